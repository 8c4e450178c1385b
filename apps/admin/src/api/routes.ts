/** Names of the admin API that the type check knows: a route that is renamed breaks what calls it. */
import type { Routes } from './admin-api';

export type Route = keyof Routes;

/** What a route answers when all is well. */
export type Answer<R extends Route> = Routes[R]['answer'];

/** What a route takes as its body. */
export type Body<R extends Route> = Routes[R]['body'];

type Named<Shape extends string> = Extract<Route, Shape>;

/** What is listed, and shown whole one by one. */
export type Shown = Named<`GET ${string}/{id}`> extends `GET ${infer Resource}/{id}` ? Resource : never;

/** What can be made, and what has fields that can be changed. */
export type Made =
  Exclude<Named<`POST ${string}`>, `${string}/${string}`> extends `POST ${infer Resource}` ? Resource : never;
export type Changed = Named<`PATCH ${string}/{id}`> extends `PATCH ${infer Resource}/{id}` ? Resource : never;

/** Everything that can be done with something, as the thing and the act. */
export type Act = ActOf<Named<`POST ${string}/{id}/${string}`>>;
/** What can be done with a thing of one kind. */
export type ActOn<Resource extends Act['resource']> = Extract<Act, { readonly resource: Resource }>['act'];

type ActOf<R extends Route> = R extends `POST ${infer Resource}/{id}/${infer Name}`
  ? { readonly resource: Resource; readonly act: Name; readonly body?: Body<R> }
  : never;

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What stands in the braces of a route's path. */
export type PathOf<R extends Route> = Readonly<Record<Names<R>, string>>;
