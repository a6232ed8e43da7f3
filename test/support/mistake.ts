import { emitYaml } from '../../src/model/emit-yaml.ts';
import type { Json } from '../../src/model/json.ts';

export type Value = Json;
export type Keys = { [key: string]: Value };

export interface Component {
  name: string;
  component_type?: string;
  build: Value;
  run: Value;
  [key: string]: Value;
}

export interface Mistake {
  readonly title: string;
  /** `continuous`, `scheduled`, or both kinds when left out. */
  readonly kind?: 'continuous' | 'scheduled';
  /** Keys that it has to do with: two mistakes are independent when they share none. */
  readonly uses: readonly string[];
  readonly make: (component: Component, run: Keys, build: Keys) => void;
  /** Code and place, below the component. */
  readonly found: string;
}

export const set =
  (key: string, value: Value): Mistake['make'] =>
  (_, run) => {
    run[key] = value;
  };

/** One key of `run` with a value that is wrong in itself. */
export function wrong(key: string, value: Value, code: string, kind?: Mistake['kind']): Mistake {
  const title = `${key}: ${JSON.stringify(value)}`;
  return {
    title,
    uses: [`run.${key}`],
    make: set(key, value),
    found: `${code} run.${key}`,
    ...(kind && { kind }),
  };
}

/** A component without a mistake. */
export function sound(kind: 'continuous' | 'scheduled'): Component {
  const build = { repository: 'https://git.example.org/x', ref: 'main' };
  const run: Keys =
    kind === 'continuous'
      ? { command: 'web', port: 8000, publish: '/', health_check_http: '/healthz' }
      : { command: './job', schedule: '@daily' };
  return { name: 'app', component_type: kind, build, run };
}

/** The component with the mistakes in it, as a spec beside another component. */
export function specWith(
  kind: 'continuous' | 'scheduled',
  mistakes: readonly Mistake[],
): { spec: string; name: string } {
  const component = sound(kind);
  const { run, build } = component as unknown as { run: Keys; build: Keys };
  for (const { make } of mistakes) make(component, run, build);
  const { name, ...rest } = component;
  const other = {
    build: { repository: 'https://git.example.org/o', ref: 'main' },
    run: { command: 'other' },
  };
  return { spec: emitYaml({ components: { [name]: rest, other } }), name };
}

export function areIndependent(a: Mistake, b: Mistake): boolean {
  const overlap = (one: string, two: string) =>
    one === two || one.startsWith(`${two}.`) || two.startsWith(`${one}.`);
  return !a.uses.some((one) => b.uses.some((two) => overlap(one, two)));
}
