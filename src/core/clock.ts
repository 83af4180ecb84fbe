/** Tells the time. Everything that needs it is handed one, so that tests and past days can fix it. */
export type Clock = () => Date;
