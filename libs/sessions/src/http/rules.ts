import { applyDecorators } from '@nestjs/common';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';

type Rule = PropertyDecorator;

/** May be absent; null counts as absent. */
export const Optional = (): Rule => IsOptional();

/** Text of `min` to `max` characters. */
export const Text = (min: number, max: number): Rule => applyDecorators(IsString(), Length(min, max));

/** Text that may be empty, of at most `max` characters. */
export const AtMost = (max: number): Rule => applyDecorators(IsString(), MaxLength(max));

/** Text of one shape. */
export const Shape = (pattern: RegExp): Rule => applyDecorators(IsString(), Matches(pattern));

/** One of the contract's words. */
export const OneOf = (words: readonly string[]): Rule => IsIn(words);

/** A JSON integer within bounds. */
export const Integer = (min: number, max: number): Rule => applyDecorators(IsInt(), Min(min), Max(max));

/** A JSON boolean. */
export const Flag = (): Rule => IsBoolean();

/** ISO 8601 date and time, with or without a zone (section 5.6). */
export const DateTime = (): Rule => IsISO8601({ strict: true });

/** An absolute http(s) address of at most `max` characters; hosts of one word are for laptops. */
export const Address = (max: number): Rule =>
  applyDecorators(
    IsString(),
    MaxLength(max),
    IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false, allow_underscores: true }),
  );

/** A nested object of class `type`: not an array, not a scalar. */
export const Nested = (type: () => new () => object): Rule =>
  applyDecorators(IsPlainObject(), ValidateNested(), Type(type));

/** A JSON object. */
export function IsPlainObject(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPlainObject',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
      },
    });
  };
}
