import type { SourceFile } from './source-file.ts';

/** Only comments and blank lines: as good as no file, where every key may be left out. */
export function isBlank({ text }: SourceFile): boolean {
  return !/(?:^|\n)[^\S\n]*[^\s#]/.test(text);
}
