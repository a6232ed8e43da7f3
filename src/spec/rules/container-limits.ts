import { formatCpu, formatMemory } from '../../model/quantity.ts';
import type { ComponentView } from '../component-view.ts';
import { limitsRemedy } from '../remedy.ts';
import { type Report, type Rule, type RuleContext, runPath } from '../rule.ts';

const FORMATS = { cpu: formatCpu, memory: formatMemory } as const;
type Resource = keyof typeof FORMATS;

/** What Kubernetes would refuse to start: a container outside the namespace's LimitRange, defaults counted. */
export const containerLimits: Rule = (context, report) => {
  for (const component of context.components) {
    outside(component, 'cpu', context, report);
    outside(component, 'memory', context, report);
  }
};

function outside(component: ComponentView, resource: Resource, context: RuleContext, report: Report): void {
  const { name, run, resources, doubts } = component;
  if (doubts.has(resource) || doubts.has('run')) return;
  const { min, max } = context.limits;
  const format = FORMATS[resource];
  const { request, limit } = resources[resource];
  const written = run[resource];
  const above = limit > max[resource];
  if (!above && request >= min[resource]) return;
  const bound = format(above ? max[resource] : min[resource]);
  const subject =
    written === undefined ? `without \`${resource}\`, component \`${name}\`` : `component \`${name}\``;
  const asks = above ? `may use ${format(limit)}` : `reserves ${format(request)}`;
  const than = above
    ? `more than the ${bound} that a container may`
    : `less than the ${bound} that a container must`;
  report({
    code: 'TFG301',
    severity: context.lone ? 'warning' : 'error',
    path: written === undefined ? ['components', name, 'run'] : runPath(name, resource),
    at: written === undefined ? 'key' : 'value',
    message: `${subject} ${asks} of ${resource}, ${than}`,
    suggestion: `set \`${resource}\` to at ${above ? 'most' : 'least'} ${bound}; ${limitsRemedy(context, above ? 'max' : 'min', resource)}`,
  });
}
