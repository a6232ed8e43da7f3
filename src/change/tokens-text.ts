import { emitYaml } from '../model/emit-yaml.ts';
import type { TokensFile } from '../model/tokens-file.ts';

const HEADER =
  '# Written by the deploy bot; do not edit. Hashes only: the tokens themselves are kept nowhere.\n';

/** tokens.yaml as text: tokens by id, keys in one order, the same to the byte for the same file. */
export function tokensText({ tokens }: TokensFile): string {
  const sorted = [...tokens].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const entries = sorted.map(({ id, note, created_by, created_at, expires_at, sha256 }) => ({
    id,
    ...(note !== undefined && { note }),
    created_by,
    created_at,
    ...(expires_at !== undefined && { expires_at }),
    sha256,
  }));
  return HEADER + emitYaml({ tokens: entries });
}
