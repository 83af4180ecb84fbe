/** An event, a command or a press, as a service sent it. */
export interface Arrival {
  readonly platform: string;
  /** Whom it is for. */
  readonly tenant: string;
  /** The service's own name of it, unique in the tenant: the same one again is the same arrival. */
  readonly id: string;
  /**
   * All that is needed to deal with it later, as JSON of the platform's own: whom it is about is
   * found by their id in it.
   */
  readonly content: string;
}

export interface OpenArrival extends Arrival {
  /** How often dealing with it has failed. */
  readonly attempts: number;
  readonly receivedAt: Date;
}

/**
 * What services sent: written down before it is acknowledged, so that nothing is lost in a crash,
 * and nothing that a service sends twice is done twice. Its methods reject when the database does.
 */
export interface Journal {
  /** True when it is new; false when it is or was dealt with under that id in the last seven days. */
  keep(arrival: Arrival): Promise<boolean>;
  done(arrival: Arrival): Promise<void>;
  failed(arrival: Arrival): Promise<void>;
  /** What is not dealt with yet, oldest first. */
  open(platform: string): Promise<readonly OpenArrival[]>;
}
