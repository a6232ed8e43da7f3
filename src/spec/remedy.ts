import { toolFile } from '../model/layout.ts';
import type { RuleContext } from './rule.ts';

/** Who can grant more, and where. */
export function quotaRemedy(context: RuleContext, key: string): string {
  return `ask for less, or an admin raises \`quota.${key}\` in ${tenantOf(context)}`;
}

export function limitsRemedy(context: RuleContext, bound: 'max' | 'min', resource: string): string {
  return `or an admin changes \`limits.${bound}.${resource}\` in ${tenantOf(context)}`;
}

function tenantOf({ tool, lone }: RuleContext): string {
  return `${lone ? 'tools-config/<tool>/tenant.yaml' : toolFile(tool, 'tenant.yaml')} (for all tools: platform.yaml)`;
}
