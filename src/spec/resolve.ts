import { hash32 } from '../model/hash.ts';
import type { ImagesFile } from '../model/images-file.ts';
import type { ComponentName, ToolName } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedComponent, ResolvedTool } from '../model/resolved-tool.ts';
import { overLimits, overQuota, type Tenant } from '../model/tenant.ts';
import { splitWords } from '../model/words.ts';
import type { ComponentView } from './component-view.ts';
import { imageOf } from './resolve-image.ts';
import { resolveRun } from './resolve-run.ts';
import type { RunSpec } from './toolforge-schema.ts';

/** Everything that is known of a tool, all of it checked. */
export interface ToolParts {
  readonly name: ToolName;
  /** Components by name; each `reuse_from` leads to one that has an image of its own. */
  readonly components: readonly ComponentView[];
  readonly sourceUrl: string | undefined;
  readonly tenant: Tenant;
  readonly images: ImagesFile;
  readonly platform: Platform;
}

/** Fills in every default: what comes out is all that rendering needs. */
export function resolve(parts: ToolParts): ResolvedTool {
  const { name, sourceUrl, tenant, platform } = parts;
  const own = `${platform.groupPrefix}${name}`;
  const byName = new Map(parts.components.map((component) => [component.name, component]));
  return {
    name,
    uid: tenant.uid ?? platform.uids.first + (hash32(name) % platform.uids.count),
    maintainerGroups: [...new Set([own, ...tenant.maintainers])],
    retired: tenant.retired,
    sourceUrl,
    quota: overQuota(platform.quota, tenant.quota),
    limits: overLimits(platform.limits, tenant.limits),
    components: parts.components.map((component) => {
      const reused = component.build.reuse_from;
      const source = reused === undefined ? component : (byName.get(reused) ?? component);
      return resolveComponent(component, source, parts);
    }),
    platform,
  };
}

function resolveComponent(
  component: ComponentView,
  source: ComponentView,
  { name: tool, images, platform }: ToolParts,
): ResolvedComponent {
  const { name, run, resources } = component;
  const prebuilt = source.build.image;
  const words = (text: string) => wordsOf(text, prebuilt !== undefined);
  return {
    name: name as ComponentName,
    image: imageOf(source, { tool, images, platform }),
    buildOf: source.name as ComponentName,
    prebuilt,
    builder: prebuilt === undefined ? (source.build.builder ?? platform.defaultBuilder) : undefined,
    command: words(run.command),
    env: run.env ?? {},
    ...resources,
    emails: run.emails ?? 'none',
    mount: run.mount ?? 'none',
    filelog: filelogOf(name, run, `${platform.storage.root}/${tool}`),
    run: resolveRun(component, { tool, words }),
  };
}

/** Of a build of ours `launcher` is added when it is rendered; a prebuilt image starts what is written. */
function wordsOf(text: string, prebuilt: boolean): readonly string[] {
  const split = splitWords(text);
  const words = 'words' in split ? split.words : [];
  return words[0] === 'launcher' && !prebuilt ? words.slice(1) : words;
}

function filelogOf(component: string, run: RunSpec, home: string): ResolvedComponent['filelog'] {
  if (!run.filelog) return undefined;
  const below = (path: string) =>
    path.startsWith('/') ? path : `${home}/${path.replace(/^(?:\.\/+)+/, '')}`;
  return {
    stdout: below(run.filelog_stdout ?? `${component}.out`),
    stderr: below(run.filelog_stderr ?? `${component}.err`),
  };
}
