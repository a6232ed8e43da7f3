import * as z from 'zod';
import { isDigest, parseImageRef } from '../model/image-ref.ts';
import { COMPONENT_NAME_MAX, isComponentName } from '../model/names.ts';
import { isWebUrl } from '../model/web-url.ts';
import { isGitUrl } from '../spec/addresses.ts';

/** What the service takes and answers; the OpenAPI document is made of these. */

/** One line that may be shown and committed. */
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must be one line without control characters');
const componentName = z
  .string()
  .max(COMPONENT_NAME_MAX)
  .refine(isComponentName, 'must be the name of a component')
  .meta({ examples: ['web'] });
const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-24T10:00:00Z' });
const image = z
  .string()
  .max(512)
  .refine((text) => isDigest(text) || parseImageRef(text) !== undefined, 'must be an image or a digest')
  .meta({
    description: 'host/project/name:tag@sha256:…, with a tag or a digest alone, or a bare sha256:…',
    examples: ['registry.example.org/tool-hello/web:latest'],
  });
const reason = line(500).meta({ description: 'Why; shown in Argo CD.' });

const source = z
  .strictObject({
    repository: line(500).refine(isGitUrl, 'must be an address without a password').optional(),
    ref: line(250).optional(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{5,64}$/, 'must be the hex name of a commit')
      .optional(),
  })
  .meta({ description: 'What was built.' });

export const deployBody = z
  .strictObject({
    components: z
      .record(componentName, z.strictObject({ image }))
      .refine((components) => Object.keys(components).length > 0, 'must name a component')
      .refine((components) => Object.keys(components).length <= 64, 'names more than 64 components')
      .meta({ description: 'Built images, by component.' }),
    source: source.optional(),
    built_at: time
      .optional()
      .meta({ description: 'When the build began: an older build never replaces a newer one.' }),
    build_url: line(1000)
      .refine(isWebUrl, 'must be an http or https address without a user or password')
      .optional(),
  })
  .meta({ id: 'Deploy', description: 'A finished build.' });

export const rollbackBody = z
  .strictObject({
    component: componentName
      .optional()
      .meta({ description: 'May be left out where only one was ever built.' }),
    to: z
      .string()
      .regex(/^(?:sha256:)?[0-9a-f]{7,64}$/, 'must be a digest or at least its first 7 digits')
      .optional()
      .meta({ description: 'Digest or its first digits; else the build before.' }),
    reason: reason.optional(),
  })
  .meta({ id: 'Rollback' });

export const holdBody = z
  .strictObject({
    component: componentName,
    reason: reason.optional(),
    until: time.optional().meta({ description: 'When the hold ends by itself.' }),
  })
  .meta({ id: 'Hold' });

export const unholdBody = z
  .strictObject({
    component: componentName,
    keep: z.boolean().optional().meta({ description: 'Stay on the image, and forget the build that waits.' }),
  })
  .meta({ id: 'Unhold' });

export const deploymentsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

const commit = z
  .string()
  .nullable()
  .meta({ description: 'Commit of the config repo that holds the change; null when nothing had to change.' });
const build = z.object({
  image: z.string(),
  source: z
    .object({ repository: z.string().optional(), ref: z.string().optional(), commit: z.string().optional() })
    .optional(),
  built_at: z.string().optional(),
  build_url: z.string().optional(),
});
const bumpOutcome = z.enum(['deployed', 'unchanged', 'held', 'stale']);

export const deployAnswer = z
  .object({
    outcome: bumpOutcome,
    commit,
    tool: z.string(),
    components: z.record(z.string(), z.object({ outcome: bumpOutcome, image: z.string() })),
  })
  .meta({ id: 'Deployed' });

export const rollbackAnswer = z
  .object({
    outcome: z.enum(['rolled-back', 'unchanged']),
    commit,
    tool: z.string(),
    component: z.string(),
    build,
    left: build,
  })
  .meta({ id: 'RolledBack' });

export const holdAnswer = z
  .object({
    outcome: z.enum(['held', 'deployed', 'released', 'unchanged']),
    commit,
    tool: z.string(),
    component: z.string(),
    image: z.string(),
  })
  .meta({ id: 'Held' });

export const deploymentsAnswer = z
  .object({
    tool: z.string(),
    deployments: z.array(
      z.object({
        component: z.string(),
        kind: z.string(),
        image: z.string(),
        sourceCommit: z.string().nullable(),
        who: z.string().nullable(),
        when: z.string().nullable(),
        commit: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Deployments' });

const diagnostic = z
  .object({
    file: z.string(),
    line: z.int(),
    column: z.int(),
    endLine: z.int(),
    endColumn: z.int(),
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    message: z.string(),
    path: z.string(),
    suggestion: z.string().nullable(),
  })
  .meta({ id: 'Diagnostic' });

export const validateAnswer = z
  .object({ diagnostics: z.array(diagnostic), tools: z.int(), errors: z.int(), warnings: z.int() })
  .meta({ id: 'Validated' });

export const acceptedAnswer = z
  .object({ accepted: z.boolean(), why: z.string() })
  .meta({ id: 'Accepted', description: 'What came of it is in the log and the metrics.' });

export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    hint: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          suggestion: z.string().optional(),
        }),
      )
      .optional()
      .meta({ description: 'What is wrong with the request’s fields; `code` is that of diagnostics.' }),
    diagnostics: z.array(diagnostic).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; `code` is the command line’s.' });
