import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/app/read-report.ts';
import type { GitopsError } from '../../src/errors.ts';

const DIGEST = `sha256:${'0f'.repeat(32)}`;
const read = (text: string) => readReport({ file: 'report.toml', text });

describe('readReport', () => {
  test('reads what the lifecycle wrote, whatever else is in it', () => {
    const text = `# a build
[build]
[[build.bom]]
name = "x"
[image]
  tags = ["registry.example.org/tool-hello/web:latest", "registry.example.org/tool-hello/web:v2"]
  image-id = "abc"
  digest = "${DIGEST}"
  manifest-size = 1206
`;
    expect(read(text)).toEqual({
      images: [
        `registry.example.org/tool-hello/web:latest@${DIGEST}`,
        `registry.example.org/tool-hello/web:v2@${DIGEST}`,
      ],
      digest: DIGEST,
    });
  });

  test('a tag may have none, or the digest already', () => {
    const tags = `tags = ["127.0.0.1:5000/a/b", "127.0.0.1:5000/a/b@sha256:${'1'.repeat(64)}"]`;
    const pinned = `127.0.0.1:5000/a/b@${DIGEST}`;
    expect(read(`[image]\n${tags}\ndigest = "${DIGEST}"`).images).toEqual([pinned, pinned]);
  });

  test.each([
    ['no digest', '[image]\ntags = ["a.b/c:d"]\nimage-id = "x"', 'no digest (was the image published?'],
    ['an empty digest', '[image]\ntags = ["a.b/c:d"]\ndigest = ""', 'no digest (was the image published?'],
    ['another digest', `[image]\ntags = ["a.b/c:d"]\ndigest = "sha512:x"`, 'not sha256'],
    ['no tags', `[image]\ndigest = "${DIGEST}"`, 'names no image (give the report.toml'],
    ['a tag that is none', `[image]\ntags = ["-5ecret"]\ndigest = "${DIGEST}"`, 'no image reference'],
    ['a tag with a login', `[image]\ntags = ["u:5ecret@a.b/c"]\ndigest = "${DIGEST}"`, 'no image reference'],
    ['tags of another kind', `[image]\ntags = [1]\ndigest = "${DIGEST}"`, 'no [image] section'],
    ['nothing', '', 'no [image] section'],
    ['another file', 'components:\n  web: 5ecret', 'not TOML'],
    ['prototype keys', `[__proto__.image]\ntags = ["a.b/c"]\ndigest = "${DIGEST}"`, '[image] section'],
    ['too much', '# '.repeat(600_000), 'too large'],
  ])('refuses %s', (_, text, expected) => {
    const error = (() => {
      try {
        return read(text);
      } catch (thrown) {
        return thrown as GitopsError;
      }
    })();
    expect(error).toMatchObject({ code: 'usage' });
    const { message, hint } = error as GitopsError;
    expect(`${message} (${hint})`).toContain(expected);
    expect(`${message} (${hint})`).not.toContain('5ecret');
  });
});
