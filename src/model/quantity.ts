/** Kubernetes quantities: CPU in thousandths of a core, memory in bytes. */

const MEMORY_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};
const PLAIN = /^([0-9]+(?:\.[0-9]+)?|\.[0-9]+)([a-zA-Z]*)$/;

/** Thousandths of a core: `1` → 1000, `0.5` → 500, `500m` → 500; `undefined` when it is no CPU quantity. */
export function parseCpu(text: string): number | undefined {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const [, digits, unit] = match;
  if (unit !== '' && unit !== 'm') return undefined;
  const milli = Number(digits) * (unit === 'm' ? 1 : 1000);
  const whole = Math.round(milli);
  return Math.abs(milli - whole) < 1e-6 && Number.isSafeInteger(whole) ? whole : undefined;
}

/** Whole bytes: `512Mi`, `1G`, `0.5Gi`; `undefined` when it is no memory quantity. */
export function parseMemory(text: string): number | undefined {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const [, digits, unit = ''] = match;
  const factor = Object.hasOwn(MEMORY_UNITS, unit) ? MEMORY_UNITS[unit] : undefined;
  if (factor === undefined) return undefined;
  const bytes = Math.ceil(Number(digits) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Canonical text: whole cores as `2`, anything else as `1500m`. */
export function formatCpu(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Canonical text: the largest unit that divides it, binary before decimal: `512Mi`, `1G`, `1234`. */
export function formatMemory(bytes: number): string {
  if (bytes === 0) return '0';
  for (const unit of ['Pi', 'Ti', 'Gi', 'Mi', 'Ki', 'P', 'T', 'G', 'M', 'k']) {
    const factor = MEMORY_UNITS[unit] as number;
    if (bytes % factor === 0) return `${bytes / factor}${unit}`;
  }
  return String(bytes);
}
