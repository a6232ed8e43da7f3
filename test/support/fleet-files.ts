import { createHash } from 'node:crypto';
import { planPublish } from '../../src/app/publish.ts';
import { tokensText } from '../../src/change/tokens-text.ts';
import { makeToken } from '../../src/model/deploy-token.ts';
import { memoryConfigRepo } from './memory-config-repo.ts';

export const REGISTRY = 'registry.example.org';
export const PLATFORM = `domain: example.org
config_repo:
  url: https://git.example.org/platform/config.git
  branch: main
registry:
  host: ${REGISTRY}
`;

/** One web component. */
export function specOf(tool: string): string {
  return `config_version: v1beta1
components:
  web:
    build:
      repository: https://git.example.org/tools/${tool}
      ref: main
    run:
      command: web
      port: 8000
      publish: /
`;
}

/** The deploy token that a tool has in these fleets; the same in every run. */
export function tokenOf(
  tool: string,
  name = 'ci',
): { readonly id: string; readonly token: string; readonly sha256: string } {
  let draws = 0;
  return makeToken((bytes) => {
    draws += 1;
    return createHash('sha512').update(`${tool} ${name} ${draws}`).digest().subarray(0, bytes);
  });
}

export function tokensFileOf(tool: string, expires_at?: string): string {
  const { id, sha256 } = tokenOf(tool);
  const token = { id, sha256, created_by: 'test', created_at: '2026-01-01T00:00:00Z' };
  return tokensText({ tokens: [{ ...token, ...(expires_at !== undefined && { expires_at }) }] });
}

export type FleetFiles = Readonly<Record<string, string>>;

/** A config repo of these tools with its output rendered, so that nothing is left to do. */
export async function fleetFiles(tools: readonly string[], more: FleetFiles = {}): Promise<FleetFiles> {
  const files: Record<string, string> = { 'tools-config/platform.yaml': PLATFORM };
  for (const tool of tools) {
    files[`tools-config/${tool}/toolforge.yaml`] = specOf(tool);
    files[`tools-config/${tool}/tokens.yaml`] = tokensFileOf(tool);
  }
  return rendered({ ...files, ...more });
}

export async function rendered(files: FleetFiles): Promise<FleetFiles> {
  const repo = memoryConfigRepo(files);
  const { change } = await planPublish(await repo.head(), { allowDelete: new Set(), keepGoing: false });
  const output = (change?.files ?? []).map(({ path, text }) => [path, text ?? ''] as const);
  return { ...files, ...Object.fromEntries(output) };
}
