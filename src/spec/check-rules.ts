import type { PlacedFinding } from './finding.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { commandWords } from './rules/command-words.ts';
import { containerLimits } from './rules/container-limits.ts';
import { filelog } from './rules/filelog.ts';
import { healthCheck } from './rules/health-check.ts';
import { imageSource } from './rules/image-source.ts';
import { keysOfKind } from './rules/keys-of-kind.ts';
import { knownBuilder } from './rules/known-builder.ts';
import { platformHost } from './rules/platform-host.ts';
import { portProtocol } from './rules/port-protocol.ts';
import { publishNeedsPort } from './rules/publish-needs-port.ts';
import { publishOnce } from './rules/publish-once.ts';
import { reuseTarget } from './rules/reuse-target.ts';
import { scheduleFires } from './rules/schedule-fires.ts';
import { secretEnv } from './rules/secret-env.ts';
import { serviceName } from './rules/service-name.ts';
import { shellOperators } from './rules/shell-operators.ts';
import { toolQuota } from './rules/tool-quota.ts';

const RULES: readonly Rule[] = [
  keysOfKind,
  publishNeedsPort,
  publishOnce,
  platformHost,
  healthCheck,
  portProtocol,
  serviceName,
  scheduleFires,
  reuseTarget,
  commandWords,
  shellOperators,
  filelog,
  imageSource,
  knownBuilder,
  secretEnv,
  containerLimits,
  toolQuota,
];

/** Every check across fields, over the components whose form is right. */
export function checkRules(context: RuleContext): readonly PlacedFinding[] {
  const findings: PlacedFinding[] = [];
  const report: Report = (finding) => findings.push(finding);
  for (const rule of RULES) rule(context, report);
  return findings;
}
