import { parseCpu, parseMemory } from '../model/quantity.ts';
import { cpuAmount, memoryAmount, type Resources } from '../model/resources.ts';
import type { RunShape } from '../model/usage.ts';
import type { Doubts } from './heal.ts';
import type { BuildSpec, ComponentSpec, RunSpec, ToolSpec } from './toolforge-schema.ts';

export type Kind = 'continuous' | 'scheduled' | 'one-off';

/** A component of the spec with what several checks and `resolve` need of it. */
export interface ComponentView {
  readonly name: string;
  readonly kind: Kind;
  /** The maintainer wrote `component_type`. */
  readonly kindWritten: boolean;
  readonly build: BuildSpec;
  readonly run: RunSpec;
  readonly resources: Resources;
  readonly shape: RunShape;
  /** What is not known of it, since its form is wrong there. */
  readonly doubts: Doubts;
}

const SURE: Doubts = new Set();
const NOTHING = { request: 0, limit: 0 };

/** The components of a spec, by name; of a healed one with what is not known of them. */
export function viewsOf(
  { components }: ToolSpec,
  doubts: ReadonlyMap<string, Doubts>,
): readonly ComponentView[] {
  const names = Object.keys(components).sort();
  return names.map((name) => viewOf(name, components[name] as ComponentSpec, doubts.get(name) ?? SURE));
}

function viewOf(name: string, { component_type, build, run }: ComponentSpec, doubts: Doubts): ComponentView {
  const kind = component_type ?? (run.schedule === undefined ? 'continuous' : 'scheduled');
  return {
    name,
    kind,
    kindWritten: component_type !== undefined,
    build,
    run,
    resources: {
      cpu: doubts.has('cpu') ? NOTHING : cpuAmount(run.cpu === undefined ? undefined : parseCpu(run.cpu)),
      memory: doubts.has('memory')
        ? NOTHING
        : memoryAmount(run.memory === undefined ? undefined : parseMemory(run.memory)),
    },
    shape: shapeOf(kind, run),
    doubts,
  };
}

function shapeOf(kind: Kind, run: RunSpec): RunShape {
  if (kind === 'continuous')
    return { type: kind, replicas: run.replicas ?? 1, hasPort: run.port !== undefined };
  return kind === 'scheduled' ? { type: kind } : { type: kind, onDeploy: run.on_deploy ?? false };
}

/** The component's port when it is a TCP one, which is what web traffic and HTTP checks need. */
export function tcpPortOf({ port, port_protocol }: RunSpec): number | undefined {
  return port_protocol === 'udp' ? undefined : port;
}
