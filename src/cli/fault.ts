import { secretMask } from '../model/secret-mask.ts';
import { hideCredentials } from '../model/without-credentials.ts';

/** A fault that nobody foresaw, as people and programs are told of it. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
  /** The error with its stack, where `TFG_DEBUG` asks for it. */
  readonly details: string | undefined;
}

interface Around {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The error's own words may hold whatever was worked on: they are shown to those alone who ask for them. */
export function describeFault(error: unknown, { version, env }: Around): Fault {
  const isAsked = Boolean(env.TFG_DEBUG);
  return {
    message: `a fault in toolforge-gitops ${version} itself (${kindOf(error)})`,
    hint: isAsked
      ? 'please report it with the command and what stands below, once you have looked through it for secrets'
      : 'please report it with the command and what it shows with TFG_DEBUG=1',
    details: isAsked ? withoutSecretsOf(env, stackOf(error)) : undefined,
  };
}

export function faultText({ message, hint, details }: Fault): string {
  return [`error: ${message}`, `  hint: ${hint}`, ...(details === undefined ? [] : [details])].join('\n');
}

export function faultJson({ message, hint }: Fault): string {
  return JSON.stringify({ error: { code: 'fault', message, hint } });
}

/** `TypeError`, or with the code that node or the system gave it: `Error ENOMEM`. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)
    ? `${error.name} ${code}`
    : error.name;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}

const SECRET_NAME = /TOKEN|PASSW|SECRET|KEY|CREDENTIAL|AUTH/i;
/** A shorter value is no secret, and to be found in any text. */
const SECRET_MIN = 4;

function withoutSecretsOf(env: Around['env'], text: string): string {
  const secrets = Object.entries(env)
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value]) => (value !== undefined && value.length >= SECRET_MIN ? [value] : []));
  return secretMask(secrets)(hideCredentials(text));
}
