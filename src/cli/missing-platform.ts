import { PLATFORM_FILE } from '../model/layout.ts';
import type { Report } from '../spec/report.ts';

/** For whoever lost the file by mistake: without it a fleet is rendered for quite another platform. */
export function missingPlatformNote({ sources, diagnostics }: Report): string | undefined {
  if (sources.has(PLATFORM_FILE) || diagnostics.some(({ file }) => file === PLATFORM_FILE)) return undefined;
  return `there is no ${PLATFORM_FILE}: the built-in defaults hold`;
}
