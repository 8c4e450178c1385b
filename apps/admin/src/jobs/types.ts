import type { Answer } from '../api/routes';

/** A job, as `GET /admin/api/jobs` tells. */
export type JobLine = Answer<'GET jobs'>['data'][number];

/** One of its sessions or callbacks. */
export type JobItem = Answer<'GET jobs/{id}/items'>['data'][number];
