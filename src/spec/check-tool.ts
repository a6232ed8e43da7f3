import type { Quota } from '../model/limits.ts';
import { isToolName, type ToolName } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { overLimits, overQuota, type Tenant } from '../model/tenant.ts';
import { checkImages, NO_IMAGES } from './check-images.ts';
import { checkRules } from './check-rules.ts';
import { checkTenant } from './check-tenant.ts';
import { type ChosenSpec, chooseSpec } from './choose-spec.ts';
import { viewsOf } from './component-view.ts';
import { type Diagnostic, type Draft, isError } from './diagnostic.ts';
import { diagnosticAt, type PlacedFinding } from './finding.ts';
import { folded } from './folded.ts';
import { imageEntryMistakes } from './image-entries.ts';
import { resolve } from './resolve.ts';
import type { ParsedFile, ToolSources } from './source-file.ts';
import { strictly } from './strictly.ts';
import { toolNameMistakes } from './tool-name.ts';

export interface CheckToolOptions {
  readonly platform: Platform;
  /** A file by itself, outside a config repo: what only the platform can grant is a warning. */
  readonly lone?: boolean;
  /** Keys that nobody reads are errors. */
  readonly strict?: boolean;
}

export interface CheckedTool {
  /** `undefined` when there is an error. */
  readonly tool: ResolvedTool | undefined;
  /** All mistakes of all files of the tool. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks the files of one tool, and resolves it when there is no error. */
export function checkTool(sources: ToolSources, options: CheckToolOptions): CheckedTool {
  const { tenant, intact, diagnostics: ofTenant } = checkTenant(sources.tenant, options.platform);
  const named = options.lone ? [] : toolNameMistakes(sources);
  if (intact?.retired) return retiredTool(sources, tenant, options, [...ofTenant, ...named]);
  const chosen = chooseSpec(sources);
  const rest = checkParts({ sources, options, tenant, granted: intact, chosen });
  const spec = folded([...chosen.diagnostics, ...rest.findings]);
  const diagnostics = [
    ...named,
    ...(options.strict ? strictly(spec) : spec),
    ...rest.diagnostics,
    ...ofTenant,
  ];
  return { tool: diagnostics.some(isError) ? undefined : rest.tool, diagnostics };
}

/** Its workloads go whatever its spec says, so that a tool can be removed that is broken. */
function retiredTool(
  { name }: ToolSources,
  tenant: Tenant | undefined,
  { platform }: CheckToolOptions,
  diagnostics: readonly Diagnostic[],
): CheckedTool {
  if (tenant === undefined || diagnostics.some(isError) || !isToolName(name))
    return { tool: undefined, diagnostics };
  const tool = resolve({ name, components: [], sourceUrl: undefined, tenant, images: NO_IMAGES, platform });
  return { tool, diagnostics };
}

interface Parts {
  readonly sources: ToolSources;
  readonly options: CheckToolOptions;
  readonly tenant: Tenant | undefined;
  /** What is known of the tenant though its file may have errors. */
  readonly granted: Tenant | undefined;
  readonly chosen: ChosenSpec;
}

interface CheckedParts extends CheckedTool {
  /** What is wrong with the spec; `diagnostics` are of images.yaml. */
  readonly findings: readonly Draft[];
}

/** The checks across fields and files. Without a readable tenant.yaml nothing is said of quotas, which it may have set. */
function checkParts({ sources, options, tenant, granted, chosen }: Parts): CheckedParts {
  const { name } = sources;
  const { platform, lone = false } = options;
  const { images, intact, parsed, diagnostics: ofImages } = checkImages(sources.images);
  const { spec, sound, broken, doubts, sourceUrl } = chosen;
  if (spec === undefined) return { tool: undefined, findings: [], diagnostics: ofImages };
  const components = viewsOf(spec, doubts);
  const byName = new Map(components.map((component) => [component.name, component]));
  const grants = grantsOf(platform, granted);
  const context = { tool: name, components, byName, broken, platform, ...grants, lone };
  const findings = placed(chosen.parsed, checkRules(context));
  const known = new Set([...byName.keys(), ...broken]);
  const entries =
    intact === undefined
      ? []
      : imageEntryMistakes(components, known, { tool: name, images: intact, platform });
  const diagnostics = [...ofImages, ...placed(parsed, entries)];
  const whole = sound && ![...findings, ...diagnostics].some(isError);
  if (!whole || tenant === undefined || images === undefined)
    return { tool: undefined, findings, diagnostics };
  const tool = resolve({ name: name as ToolName, components, sourceUrl, tenant, images, platform });
  return { tool, findings, diagnostics };
}

function grantsOf({ quota, limits }: Platform, tenant: Tenant | undefined) {
  if (tenant !== undefined) {
    return { quota: overQuota(quota, tenant.quota), limits: overLimits(limits, tenant.limits) };
  }
  const endless = Object.fromEntries(Object.keys(quota).map((key) => [key, Number.POSITIVE_INFINITY]));
  const max = { cpu: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY };
  return { quota: endless as unknown as Quota, limits: { ...limits, min: { cpu: 0, memory: 0 }, max } };
}

function placed(parsed: ParsedFile | undefined, findings: readonly PlacedFinding[]): readonly Draft[] {
  if (parsed === undefined) return [];
  return findings.map(({ path, ...finding }) => diagnosticAt(parsed, path, finding));
}
