/** Values that may be logged: never a token, a secret, an environment variable's value, or text that a stranger wrote. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** The service's log: one structured line an event. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** For what should not happen: somebody should look. */
  error(event: string, fields?: LogFields): void;
  /** A log that adds these fields to every line. */
  with(fields: LogFields): Log;
}
