import * as z from 'zod';

/** What webhooks send, as far as it is used; the rest is passed over. */

const paths = z.array(z.string()).nullish();

export const giteaPush = z
  .object({
    ref: z.string().max(500).optional(),
    total_commits: z.int().optional(),
    commits: z.array(z.object({ added: paths, removed: paths, modified: paths })).nullish(),
    head_commit: z.object({ message: z.string() }).nullish(),
    repository: z
      .object({
        html_url: z.string().optional(),
        clone_url: z.string().optional(),
        ssh_url: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'GiteaPush', description: 'Gitea’s push event.' });

export const harborEvent = z
  .object({
    type: z.string(),
    event_data: z.object({ repository: z.object({ repo_full_name: z.string() }).optional() }).optional(),
  })
  .meta({ id: 'HarborEvent', description: 'Harbor’s default payload.' });

export type GiteaPush = z.output<typeof giteaPush>;
