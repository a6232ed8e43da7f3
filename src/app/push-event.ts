import { parseTrailers, trailerValues } from '../model/commit-message.ts';
import { CONFIG_DIR, outputOwner, PLATFORM_FILE } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import { repoKey } from '../model/repo-key.ts';
import { pulledSpec } from './pulled-spec.ts';
import { reconcileToolEdit } from './reconcile-edits.ts';
import { type ServiceDeps, submitIfNeeded } from './service-deps.ts';
import { requirePlatform } from './tool-edit.ts';

/** A push to some repository, as a git host tells of it. */
export interface PushEvent {
  /** Addresses of the repository: for browsers, https and ssh. */
  readonly addresses: readonly string[];
  /** `refs/heads/main` */
  readonly ref: string;
  /** Message of the newest commit. */
  readonly message: string | undefined;
  /** Files that the commits touched; `undefined` when the list is cut. */
  readonly paths: readonly string[] | undefined;
}

export interface PushDeps extends ServiceDeps {
  /** Further addresses of the config repo, besides those in platform.yaml. */
  readonly configAddresses: readonly string[];
  /** Looks at the whole fleet, soon. */
  reconcileSoon(): void;
}

/** Finds out whose push it is and takes on what follows from it, in the background. */
export async function handlePush(event: PushEvent, deps: PushDeps): Promise<void> {
  const keys = event.addresses.flatMap((address) => repoKey(address) ?? []);
  const head = await deps.heads.at();
  const platform = await requirePlatform(head);
  if (isConfigPush(event, keys, { platform, deps })) handleConfigPush(event, deps);
  for (const tool of await deps.sources.toolsOf(head, keys)) {
    deps.background.add(`pull ${tool}`, async () => {
      await (await pulledSpec(tool, deps))?.();
    });
  }
}

function isConfigPush(
  { ref }: PushEvent,
  keys: readonly string[],
  { platform, deps }: { platform: Platform; deps: PushDeps },
): boolean {
  const { url, webUrl, branch } = platform.configRepo;
  const own = [url, ...(webUrl === undefined ? [] : [webUrl]), ...deps.configAddresses].map(repoKey);
  return ref === `refs/heads/${branch}` && keys.some((key) => own.includes(key));
}

/** What the bot commits is rendered already. Were it taken for a person's, it would be looked at, and nothing be done. */
function handleConfigPush({ message, paths }: PushEvent, deps: PushDeps): void {
  if (message !== undefined && trailerValues(parseTrailers(message), 'Change-Id').length > 0) return;
  deps.sources.forget();
  const tools = paths === undefined ? 'all' : toolsIn(paths);
  if (tools === 'all') deps.reconcileSoon();
  else for (const tool of tools) renderSoon(tool, deps);
}

function renderSoon(tool: string, deps: PushDeps): void {
  deps.background.add(`render ${tool}`, async () => {
    await submitIfNeeded(tool, reconcileToolEdit(tool, deps.clock), deps);
  });
}

function toolsIn(paths: readonly string[]): ReadonlySet<string> | 'all' {
  const tools = new Set<string>();
  for (const path of paths) {
    if (path === PLATFORM_FILE) return 'all';
    const [root, folder, ...file] = path.split('/');
    const tool = root === CONFIG_DIR && file.length > 0 ? folder : outputOwner(path)?.tool;
    if (tool !== undefined && isToolName(tool)) tools.add(tool);
  }
  return tools;
}
