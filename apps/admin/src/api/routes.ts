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

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What stands in the braces of a route's path. */
export type PathOf<R extends Route> = Readonly<Record<Names<R>, string>>;
