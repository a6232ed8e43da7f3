import type { ContainerLimits } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import type { Platform } from '../model/platform.ts';
import type { Tenant } from '../model/tenant.ts';
import type { PlacedFinding } from './finding.ts';
import { limitsOf } from './limits-schema.ts';
import { type PlatformText, UID_MAX } from './platform-schema.ts';
import { quoted } from './words.ts';

/** What is wrong with platform.yaml though each value by itself is right. */
export function platformMistakes(written: PlatformText, platform: Platform): readonly PlacedFinding[] {
  return [
    ...builderMistakes(platform),
    ...routeMistakes(written.routes),
    ...uidMistakes(platform),
    ...limitMistakes(platform.limits, limitsOf(written.limits)),
  ];
}

/** As a spec may name it. */
const BUILDER_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

function* builderMistakes({ builders, defaultBuilder }: Platform): Generator<PlacedFinding> {
  const names = Object.keys(builders);
  for (const name of names) {
    if (BUILDER_NAME.test(name)) continue;
    const message = `a builder cannot be called ${quoted(name)}`;
    const suggestion = 'use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends';
    yield { code: 'TFG501', path: ['builders', name], at: 'key', message, suggestion };
  }
  if (names.length === 0) {
    yield {
      code: 'TFG501',
      path: ['builders'],
      message: 'there is no builder',
      suggestion: 'name at least one, or leave `builders` out',
    };
  } else if (!Object.hasOwn(builders, defaultBuilder)) {
    const near = nearest(defaultBuilder, names);
    const suggestion =
      near === undefined ? `one of ${names.map(quoted).join(', ')}` : `did you mean \`${near}\`?`;
    yield {
      code: 'TFG501',
      path: ['default_builder'],
      message: `there is no builder ${quoted(defaultBuilder)}`,
      suggestion,
    };
  }
}

const ROUTE_KEYS = { ingress: ['class_name', 'tls_secret'], gateway: ['gateway', 'namespace'] } as const;

function* routeMistakes(routes: PlatformText['routes']): Generator<PlacedFinding> {
  if (routes === null || routes === undefined) return;
  const kind = routes.kind ?? 'ingress';
  const other = kind === 'ingress' ? 'gateway' : 'ingress';
  for (const key of ROUTE_KEYS[other]) {
    if (routes[key] === undefined) continue;
    const suggestion = `remove it, or set \`kind: ${other}\``;
    yield {
      code: 'TFG502',
      path: ['routes', key],
      at: 'key',
      message: `\`${key}\` goes with \`kind: ${other}\``,
      suggestion,
    };
  }
  if (kind !== 'gateway') return;
  for (const key of ROUTE_KEYS.gateway) {
    if (routes[key] !== undefined) continue;
    yield {
      code: 'TFG101',
      path: ['routes'],
      at: 'key',
      message: `\`${key}\` is missing, which \`kind: gateway\` needs`,
    };
  }
}

function* uidMistakes({ uids: { first, count } }: Platform): Generator<PlacedFinding> {
  if (first + count - 1 <= UID_MAX) return;
  const message = `the last user id would be ${first + count - 1}, above ${UID_MAX}`;
  yield {
    code: 'TFG104',
    path: ['uids'],
    at: 'key',
    message,
    suggestion: `a \`count\` of at most ${UID_MAX - first + 1}`,
  };
}

/** The four of a LimitRange in the order that Kubernetes insists on. */
const ASCENDING = [
  ['min', 'min'],
  ['defaultRequest', 'default_request'],
  ['default', 'default'],
  ['max', 'max'],
] as const;

/** A LimitRange that Kubernetes would refuse; `written` is the part that stands in the file. */
export function* limitMistakes(limits: ContainerLimits, written: Tenant['limits']): Generator<PlacedFinding> {
  for (const resource of ['cpu', 'memory'] as const) {
    for (const [index, [key, name]] of ASCENDING.entries()) {
      const [above, aboveName] = ASCENDING[index + 1] ?? [];
      if (above === undefined || limits[key][resource] <= limits[above][resource]) continue;
      const message = `the ${resource} of \`${name}\` is above that of \`${aboveName}\``;
      yield {
        code: 'TFG503',
        path: ['limits', written[key]?.[resource] === undefined ? aboveName : name, resource],
        message,
        suggestion: 'min ≤ default_request ≤ default ≤ max',
      };
    }
  }
}
