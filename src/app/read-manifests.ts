import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../model/manifest.ts';

/** The objects of a rendered file. What is no object is left out: it was not rendered by us. */
export function readManifests(text: string): readonly Manifest[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents
    .filter(({ errors }) => errors.length === 0)
    .map((document): unknown => document.toJS({ maxAliasCount: 100 }))
    .filter(isManifest);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'name' in metadata &&
    typeof metadata.name === 'string'
  );
}
