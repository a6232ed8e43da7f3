import type { ErrorCode } from '../errors.ts';

/** What a command's exit code tells a script. */
export const ExitCode = {
  ok: 0,
  /** The command worked and found something: an invalid spec, drift, a refusal. */
  findings: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Git, network, registry, disk or a permission. */
  environment: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const EXIT_CODES: Readonly<Record<ErrorCode, ExitCode>> = {
  usage: ExitCode.usage,
  'not-a-config-repo': ExitCode.usage,
  'invalid-spec': ExitCode.findings,
  'not-found': ExitCode.usage,
  unavailable: ExitCode.environment,
  refused: ExitCode.findings,
  'image-rejected': ExitCode.findings,
  'image-gone': ExitCode.findings,
  'registry-failed': ExitCode.environment,
  'fetch-failed': ExitCode.environment,
  'stale-head': ExitCode.environment,
  contended: ExitCode.environment,
  permission: ExitCode.environment,
  'remote-failed': ExitCode.environment,
  filesystem: ExitCode.environment,
  unauthorized: ExitCode.environment,
  overloaded: ExitCode.environment,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return EXIT_CODES[code];
}
