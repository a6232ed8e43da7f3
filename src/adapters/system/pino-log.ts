import { type Logger, pino } from 'pino';
import { GitopsError } from '../../errors.ts';
import { secretMask } from '../../model/secret-mask.ts';
import type { Log, LogFields } from '../../ports/log.ts';

export interface PinoLogOptions {
  write(line: string): void;
  /** Texts that must never be seen, whatever a message or an error's stack holds. */
  readonly secrets: readonly string[];
  readonly level?: string | undefined;
}

/** Shorter ones would be found everywhere. */
const SECRET_MIN = 6;
const DEPLOY_TOKEN = /tfg_[a-z0-9]{1,32}_[A-Za-z0-9_-]{20,}/g;
const USER_PART = /(\/\/)[^/\s"'@]+@/g;

/** Lines of JSON; known secrets, deploy tokens and user parts of addresses are cut out of every line. */
export function pinoLog({ write, secrets, level = 'info' }: PinoLogOptions): Log {
  const masked = secretMask(secrets.filter((secret) => secret.length >= SECRET_MIN).map(jsonInner));
  const stream = {
    write(line: string) {
      write(masked(line.replace(DEPLOY_TOKEN, 'tfg_***').replace(USER_PART, '$1***@')));
    },
  };
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    messageKey: 'event',
  };
  return logOf(pino(options, stream));
}

function logOf(logger: Logger): Log {
  return {
    info: (event, fields = {}) => logger.info(plain(fields), event),
    warn: (event, fields = {}) => logger.warn(plain(fields), event),
    error: (event, fields = {}) => logger.error(plain(fields), event),
    with: (fields) => logOf(logger.child(plain(fields))),
  };
}

function plain(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? errorFields(value) : value]),
  );
}

/** A foreseen failure is told by its code and message; a bug keeps its stack. */
function errorFields(error: Error): Record<string, unknown> {
  if (error instanceof GitopsError) return { code: error.code, message: error.message };
  return { name: error.name, message: error.message, stack: error.stack };
}

/** As it stands within a JSON string. */
function jsonInner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
