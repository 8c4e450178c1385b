import type { Listing } from '../listing/listing';
import type { JsonSchema } from './shapes';

/** A class whose rules check a body (`readBody`). */
export type BodyClass = new () => object;

/** A parameter of the query string that is none of a list's. */
export interface QueryParameter {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly required?: true;
}

/**
 * One route of the admin API in words. Method, path, permission and the status of the answer are the controller's own and
 * are read there.
 */
export interface RouteDescription {
  /** What a generated client calls it: `suspendMerchant`. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Has it read what a list is asked by, and answer a page of `answer`. */
  readonly list?: Listing;
  readonly query?: Readonly<Record<string, QueryParameter>>;
  readonly body?: BodyClass;
  /** Members of the body that are read apart from its class. */
  readonly bodyAlso?: Readonly<Record<string, JsonSchema>>;
  /** The name of a schema of some description; without it nothing is answered. */
  readonly answer?: string;
  /** What the answer is (or can be), where it is not JSON; then it has no schema. */
  readonly answerType?: string | readonly string[];
  /** Of the answer when all is well, where the controller sets it by itself. */
  readonly answerStatus?: number;
  /** Statuses of refusals beside those that follow from the route: 400, 401, 403, 404 with an id, 413, 415, 422. */
  readonly refusals?: readonly number[];
}

/**
 * What stands in the OpenAPI document of the admin API about the routes of one controller or some: `DESCRIPTION` of a file
 * `*.description.ts` beside them. The build finds it by that name; a test misses what is not described.
 */
export interface AdminDescription {
  readonly tag: string;
  /** By name; every description may refer to them (`ref`). */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** By method and path below `/admin/api/` as the controller writes them: `POST merchants/:id/suspend`. */
  readonly routes: Readonly<Record<string, RouteDescription>>;
}
