import * as z from 'zod';
import { PREVIOUS_MAX } from '../model/images-file.ts';
import { webUrl } from './admin-readers.ts';
import { builtImage, line, timestamp } from './bot-readers.ts';
import { optional, required } from './field.ts';

/** tools-config/<tool>/images.yaml: what was built, written by the deploy bot alone. */

const source = z
  .object({
    repository: optional(line, {
      description: 'Git repository that it was built from.',
      example: 'https://gitea.example.org/tools/hello',
    }),
    ref: optional(line, { description: 'Branch or tag that was built.', example: 'main' }),
    commit: optional(line, { description: 'Commit that was built.', example: '4f2c8e1' }),
  })
  .meta({ description: 'Where the build came from.' });

const build = {
  image: required(builtImage, {
    description: 'Image by digest.',
    example: 'registry.example.org/tool-hello/web:latest@sha256:…',
  }),
  source: source.nullish().meta({ description: 'Where the build came from.' }),
  built_at: optional(timestamp, { description: 'When it was built.', example: '2026-11-24T10:00:00Z' }),
  build_url: optional(webUrl, {
    description: 'The build, for people.',
    example: 'https://ci.example.org/42',
  }),
};

const entry = z
  .object({
    ...build,
    hold: z
      .object({
        by: required(line, { description: 'Who holds it.', example: 'alice' }),
        reason: optional(line, { description: 'Why.', example: 'bad release' }),
        until: optional(timestamp, {
          description: 'When the hold ends by itself.',
          example: '2026-12-01T00:00:00Z',
        }),
      })
      .nullish()
      .meta({ description: 'Keeps the image where it is.' }),
    waiting: z.object(build).nullish().meta({ description: 'The newest build that the hold keeps back.' }),
    previous: z
      .array(z.object(build))
      .max(PREVIOUS_MAX)
      .nullish()
      .meta({ description: 'Images that ran before, newest first: what a rollback may choose.' }),
  })
  .meta({ description: 'The image of one component.' });

export const imagesSchema = z
  .object({
    components: z.record(z.string(), entry).nullish().meta({ description: 'Images, by component.' }),
  })
  .meta({ title: 'images.yaml', description: 'What was built; written by the deploy bot alone.' });

export type EntryText = z.output<typeof entry>;
export type BuildText = Omit<EntryText, 'hold' | 'waiting' | 'previous'>;
