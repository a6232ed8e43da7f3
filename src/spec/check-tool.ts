import type { Quota } from '../model/limits.ts';
import { isToolName, type ToolName } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { overLimits, type Tenant } from '../model/tenant.ts';
import { checkImages, NO_IMAGES } from './check-images.ts';
import { checkRules } from './check-rules.ts';
import { checkTenant } from './check-tenant.ts';
import { type ChosenSpec, chooseSpec } from './choose-spec.ts';
import { viewsOf } from './component-view.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { diagnosticAt, type PlacedFinding } from './finding.ts';
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
  const { tenant, diagnostics: ofTenant } = checkTenant(sources.tenant, options.platform);
  const named = options.lone ? [] : toolNameMistakes(sources);
  if (tenant?.retired) return retiredTool(sources, tenant, options, [...ofTenant, ...named]);
  const chosen = chooseSpec(sources);
  const rest = checkParts({ sources, options, tenant, chosen });
  const spec = options.strict ? strictly(chosen.diagnostics) : chosen.diagnostics;
  const diagnostics = [...named, ...spec, ...rest.diagnostics, ...ofTenant];
  return { tool: diagnostics.some(isError) ? undefined : rest.tool, diagnostics };
}

/** Its workloads go whatever its spec says, so that a tool can be removed that is broken. */
function retiredTool(
  { name }: ToolSources,
  tenant: Tenant,
  { platform }: CheckToolOptions,
  diagnostics: readonly Diagnostic[],
): CheckedTool {
  if (diagnostics.some(isError) || !isToolName(name)) return { tool: undefined, diagnostics };
  const tool = resolve({ name, components: [], sourceUrl: undefined, tenant, images: NO_IMAGES, platform });
  return { tool, diagnostics };
}

interface Parts {
  readonly sources: ToolSources;
  readonly options: CheckToolOptions;
  readonly tenant: Tenant | undefined;
  readonly chosen: ChosenSpec;
}

/** The checks across fields and files. Without a usable tenant.yaml nothing is said of quotas, which it may have set. */
function checkParts({ sources, options, tenant, chosen }: Parts): CheckedTool {
  const { name } = sources;
  const { platform, lone = false } = options;
  const { images, parsed, diagnostics: ofImages } = checkImages(sources.images);
  const { spec, broken, sourceUrl } = chosen;
  if (spec === undefined) return { tool: undefined, diagnostics: ofImages };
  const components = viewsOf(spec);
  const findings = checkRules({
    tool: name,
    components,
    byName: new Map(components.map((component) => [component.name, component])),
    broken,
    platform,
    ...grantsOf(platform, tenant),
    lone,
  });
  const known = new Set([...components.map((component) => component.name), ...broken]);
  const entries =
    images === undefined ? [] : imageEntryMistakes(components, known, { tool: name, images, platform });
  const diagnostics = [...placed(chosen.parsed, findings), ...ofImages, ...placed(parsed, entries)];
  if (diagnostics.some(isError) || broken.size > 0 || tenant === undefined || images === undefined) {
    return { tool: undefined, diagnostics };
  }
  const tool = resolve({ name: name as ToolName, components, sourceUrl, tenant, images, platform });
  return { tool, diagnostics };
}

function grantsOf({ quota, limits }: Platform, tenant: Tenant | undefined) {
  if (tenant !== undefined) {
    return { quota: { ...quota, ...tenant.quota }, limits: overLimits(limits, tenant.limits) };
  }
  const endless = Object.fromEntries(Object.keys(quota).map((key) => [key, Number.POSITIVE_INFINITY]));
  const max = { cpu: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY };
  return { quota: endless as unknown as Quota, limits: { ...limits, min: { cpu: 0, memory: 0 }, max } };
}

function placed(parsed: ParsedFile | undefined, findings: readonly PlacedFinding[]): readonly Diagnostic[] {
  if (parsed === undefined) return [];
  return findings.map(({ path, ...finding }) => diagnosticAt(parsed, path, finding));
}
