import { describe, expect, test } from 'vitest';
import { checkImages } from '../../src/spec/check-images.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const IMAGE = `registry.example.org/tool-hello/web:latest@${DIGEST}`;

function check(text: string) {
  return checkImages({ file: 'tools-config/hello/images.yaml', text });
}

describe('checkImages', () => {
  test('without a file nothing is built', () => {
    expect(checkImages(undefined)).toMatchObject({ images: { components: {} }, diagnostics: [] });
    expect(check('components: {}\n').images).toEqual({ components: {} });
  });

  test('every key is read', () => {
    const build = `{image: "${IMAGE}", source: {repository: 'https://git.example.org/x', ref: main, commit: 4f2c}, built_at: 2026-11-24T10:00:00Z}`;
    const { images, diagnostics } = check(`
components:
  web:
    image: ${IMAGE}
    source: {repository: 'https://git.example.org/x', ref: main, commit: 4f2c}
    built_at: 2026-11-24T10:00:00Z
    build_url: https://ci.example.org/1
    hold: {by: alice, reason: bad release, until: 2026-12-01T00:00:00+01:00}
    waiting: ${build}
    previous: [${build}, {image: "${IMAGE}"}]
`);
    expect(diagnostics).toEqual([]);
    const source = { repository: 'https://git.example.org/x', ref: 'main', commit: '4f2c' };
    const read = { image: IMAGE, source, built_at: '2026-11-24T10:00:00Z' };
    expect(images).toStrictEqual({
      components: {
        web: {
          ...read,
          build_url: 'https://ci.example.org/1',
          hold: { by: 'alice', reason: 'bad release', until: '2026-12-01T00:00:00+01:00' },
          waiting: read,
          previous: [read, { image: IMAGE }],
        },
      },
    });
  });

  const PREVIOUS = Array.from({ length: 11 }, () => `{image: "${IMAGE}"}`).join(', ');
  test.each([
    ['components: {web: {}}', 'error TFG101 1:14 components.web.image: `image` is missing'],
    ['components: {web: {image: registry.example.org/tool-hello/web:latest}}', 'error TFG521 1:27'],
    ['components: {web: {image: "registry.example.org/tool-hello/web@sha256:beef"}}', 'error TFG112 1:27'],
    [`components: {web: {image: "${IMAGE}", built_at: yesterday}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", built_at: 2026-11-24}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", built_at: 2026-13-24T10:00:00Z}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", built_at: "2026-11-24T10:00:00"}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", build_url: "javascript:x"}}`, 'error TFG109'],
    [`components: {web: {image: "${IMAGE}", hold: {}}}`, 'error TFG101'],
    [`components: {web: {image: "${IMAGE}", hold: {by: "a\\nb"}}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", previous: [${PREVIOUS}]}}`, 'error TFG103'],
    [`components: {web: {image: "${IMAGE}", digest: x}}`, 'error TFG106'],
    [`components: {Web: {image: "${IMAGE}"}}`, 'error TFG107 1:14'],
    [`components: {__proto__: {image: "${IMAGE}"}}`, 'error TFG107 1:14'],
    ['components: [a]', 'error TFG102'],
  ])('%j is refused', (text, expected) => {
    const { images, diagnostics } = check(text);
    expect(images).toBeUndefined();
    expect(diagnostics.map(showDiagnostic).join('\n')).toContain(expected);
  });
});
