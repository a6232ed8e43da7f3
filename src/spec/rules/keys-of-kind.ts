import type { ComponentView, Kind } from '../component-view.ts';
import type { PlacedFinding } from '../finding.ts';
import { type Rule, runPath } from '../rule.ts';
import type { RunSpec } from '../toolforge-schema.ts';

/** Keys that mean something for some kinds of component only; elsewhere they would be passed over in silence. */
const KINDS_OF: { readonly [Key in keyof RunSpec]?: readonly Kind[] } = {
  port: ['continuous'],
  port_protocol: ['continuous'],
  publish: ['continuous'],
  replicas: ['continuous'],
  health_check_http: ['continuous'],
  health_check_script: ['continuous'],
  schedule: ['scheduled'],
  retry: ['scheduled', 'one-off'],
  timeout: ['scheduled', 'one-off'],
  on_deploy: ['one-off'],
};

const KEYS = Object.entries(KINDS_OF) as readonly [keyof RunSpec, readonly Kind[]][];

export const keysOfKind: Rule = ({ components }, report) => {
  for (const component of components) {
    if (component.doubts.has('kind') || component.doubts.has('run')) continue;
    for (const [key, kinds] of KEYS) {
      if (component.run[key] === undefined || kinds.includes(component.kind)) continue;
      report(misplaced(component, key, kinds));
    }
    if (component.kind === 'scheduled' && component.run.schedule === undefined) report(noSchedule(component));
  }
};

function misplaced(component: ComponentView, key: string, kinds: readonly Kind[]): PlacedFinding {
  const { name, kind, kindWritten } = component;
  const why = kindWritten
    ? ''
    : kind === 'scheduled'
      ? ', since it has a `schedule`'
      : ', since it has no `component_type`';
  return {
    code: 'TFG205',
    path: runPath(name, key),
    at: 'key',
    message: `\`${key}\` is for ${kinds.join(' and ')} components; \`${name}\` is ${kind}${why}`,
    suggestion: adviceOn(component, key, kinds),
    ...(!kindWritten && { lacks: othersOf(component, kinds) }),
  };
}

/** Keys that would make it a component of another kind. */
function othersOf({ name, kind }: ComponentView, kinds: readonly Kind[]): readonly (readonly string[])[] {
  const type = ['components', name, 'component_type'];
  return kind === 'continuous' && kinds.includes('scheduled') ? [runPath(name, 'schedule'), type] : [type];
}

function adviceOn({ kind, kindWritten, run }: ComponentView, key: string, kinds: readonly Kind[]): string {
  if (key === 'schedule' && kind === 'one-off')
    return 'remove `schedule`, or set `component_type: scheduled`';
  const other = `\`component_type: ${kinds[0]}\``;
  if (kinds[0] === 'scheduled' && run.schedule === undefined) {
    return `remove \`${key}\`, or set ${kindWritten ? `${other} and ` : ''}\`schedule\``;
  }
  const isTimed = kind === 'scheduled' && kinds.includes('continuous') && run.schedule !== undefined;
  return `remove \`${key}\`, or set ${other}${isTimed ? ' and remove `schedule`' : ''}`;
}

function noSchedule({ name }: ComponentView): PlacedFinding {
  return {
    code: 'TFG206',
    path: ['components', name, 'component_type'],
    lacks: [runPath(name, 'schedule')],
    message: `component \`${name}\` is scheduled but has no \`schedule\``,
    suggestion: 'set `run.schedule`, for example "0 5 * * *" or @daily',
  };
}
