import { DEFAULT_CPU_LIMIT, DEFAULT_CPU_REQUEST, DEFAULT_MEMORY } from './limits.ts';

/** What one container asks for: CPU in millicores, memory in bytes. */
export interface Resources {
  readonly cpu: Amount;
  readonly memory: Amount;
}

export interface Amount {
  readonly request: number;
  readonly limit: number;
}

/** CPU that is asked for is reserved whole; without it the container gets a little and may use much. */
export function cpuAmount(asked: number | undefined): Amount {
  return asked === undefined
    ? { request: DEFAULT_CPU_REQUEST, limit: DEFAULT_CPU_LIMIT }
    : { request: asked, limit: asked };
}

/** Memory is reserved whole up to 512Mi, by half above. */
export function memoryAmount(asked: number | undefined): Amount {
  const limit = asked ?? DEFAULT_MEMORY;
  return { request: limit <= DEFAULT_MEMORY ? limit : Math.ceil(limit / 2), limit };
}
