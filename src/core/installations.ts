/** What lets a platform act for a tenant that has installed it. */
export interface Installation {
  readonly platform: string;
  readonly tenant: string;
  /** As the platform likes to write it; what is secret in it, the platform has encrypted. */
  readonly content: string;
}

/** The tenants that have installed the bot by themselves. Its methods reject when the database does. */
export interface Installations {
  all(platform: string): Promise<readonly Installation[]>;
  /** Keeps it, in place of the tenant's earlier one; it is on disk when this resolves. */
  put(installation: Installation): Promise<void>;
  /** Forgets it, since what it holds is of no more use. */
  remove(platform: string, tenant: string): Promise<void>;
}
