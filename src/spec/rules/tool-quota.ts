import { formatCpu, formatMemory } from '../../model/quantity.ts';
import type { Amount } from '../../model/resources.ts';
import { type Usage, type UsageKey, usageOf } from '../../model/usage.ts';
import type { ComponentView } from '../component-view.ts';
import type { PlacedFinding } from '../finding.ts';
import { quotaRemedy } from '../remedy.ts';
import type { Rule, RuleContext } from '../rule.ts';

interface QuotaWords {
  /** In tenant.yaml. */
  readonly key: string;
  readonly verb: string;
  readonly unit: string;
  readonly show: (amount: number) => string;
}

const WORDS: Readonly<Record<UsageKey, QuotaWords>> = {
  requestsCpu: { key: 'requests_cpu', verb: 'reserve', unit: ' of CPU', show: formatCpu },
  limitsCpu: { key: 'limits_cpu', verb: 'may use', unit: ' of CPU', show: formatCpu },
  requestsMemory: { key: 'requests_memory', verb: 'reserve', unit: ' of memory', show: formatMemory },
  limitsMemory: { key: 'limits_memory', verb: 'may use', unit: ' of memory', show: formatMemory },
  pods: { key: 'pods', verb: 'need', unit: ' pod', show: String },
  deployments: { key: 'deployments', verb: 'need', unit: ' Deployment', show: String },
  cronjobs: { key: 'cronjobs', verb: 'need', unit: ' CronJob', show: String },
  jobs: { key: 'jobs', verb: 'need', unit: ' Job', show: String },
  services: { key: 'services', verb: 'need', unit: ' Service', show: String },
};

interface Contribution {
  readonly name: string;
  readonly usage: Usage;
}

/** Contributors that a message names. */
const SHOWN = 3;

/** What Kubernetes would keep from starting: all components together, updates and jobs counted, against the quota. */
export const toolQuota: Rule = (context, report) => {
  const { max } = context.limits;
  const parts = context.components.filter(isCountable).map(({ name, shape, resources: { cpu, memory } }) => ({
    name,
    usage: usageOf(shape, { cpu: countable(cpu, max.cpu), memory: countable(memory, max.memory) }),
  }));
  for (const key of Object.keys(WORDS) as UsageKey[]) {
    const sum = parts.reduce((total, { usage }) => total + usage[key], 0);
    if (sum > context.quota[key]) report(exceeded(context, key, sum, parts));
  }
};

/** More than a container may have is told by itself, and will have to change. */
function countable(amount: Amount, max: number): Amount {
  return amount.limit > max ? { request: 0, limit: 0 } : amount;
}

/** Of one whose kind is not known nobody can tell what it needs. */
function isCountable({ doubts }: ComponentView): boolean {
  return !doubts.has('kind') && !doubts.has('run') && !doubts.has('on_deploy');
}

function exceeded(
  context: RuleContext,
  key: UsageKey,
  sum: number,
  parts: readonly Contribution[],
): PlacedFinding {
  const { verb, unit, show, key: name } = WORDS[key];
  const many = show === String && sum !== 1 ? 's' : '';
  const limit = show(context.quota[key]);
  return {
    code: 'TFG302',
    severity: context.lone ? 'warning' : 'error',
    path: ['components'],
    at: 'key',
    message: `all components together ${verb} ${show(sum)}${unit}${many}, the quota is ${limit}: ${biggest(key, parts)}`,
    suggestion: quotaRemedy(context, name),
  };
}

function biggest(key: UsageKey, parts: readonly Contribution[]): string {
  const counted = parts.filter(({ usage }) => usage[key] > 0).sort((a, b) => b.usage[key] - a.usage[key]);
  const shown = counted.slice(0, SHOWN).map(({ name, usage }) => {
    const pods = usage.pods > usage[key] || usage.pods === 1 ? '' : ` (${usage.pods} pods during an update)`;
    return `\`${name}\` ${WORDS[key].show(usage[key])}${pods}`;
  });
  const rest = counted.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
