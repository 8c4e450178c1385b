import { createHash } from 'node:crypto';
import type { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { plainly, type Terms } from './alongside';
import { CredentialsAdmin } from './credentials-admin.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { acceptSettings } from './credentials.errors';
import { logoTypeOf, type Branding, type Logo } from './domain/branding';
import type { Channel } from './domain/model';
import { BrandingRepository } from './persistence/branding.repository';

/** What can be changed; what is left out stays, null is the page's own way again. */
export type BrandingChange = { readonly [Name in keyof Omit<Branding, 'logoHash'>]?: Branding[Name] | null } & {
  /** PNG, JPEG or WebP of at most 64 KiB. */
  readonly logo?: Buffer | null;
};

/** A look as a change leaves it. */
export function brandedBy(before: Branding, { logo, ...change }: BrandingChange): Branding {
  const { frameAncestors, ...rest } = change;
  return {
    ...before,
    ...rest,
    ...(frameAncestors === undefined ? {} : { frameAncestors: frameAncestors ?? [] }),
    ...(logo === undefined ? {} : { logoHash: logo && hashOf(logo) }),
  };
}

/** How channels' pages look, for operators who decide it and for browsers that load it. Ids are UUIDs. */
@Injectable()
export class ChannelBranding {
  constructor(
    private readonly repository: BrandingRepository,
    private readonly admin: CredentialsAdmin,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Changes a channel's branding; pages show it within 5 s.
   * @throws InvalidSettings, NotFound (channel), ChangedMeanwhile
   */
  async change(
    channelId: string,
    { logo, ...change }: BrandingChange,
    how: Terms<Channel> = plainly,
  ): Promise<Channel> {
    acceptSettings(Object.fromEntries(Object.entries({ ...change, logo }).filter(isGiven)));
    return this.admin.changingChannel(
      channelId,
      (tx) => this.repository.change(tx, channelId, change, logo && toLogo(logo), this.clock.now()),
      how,
    );
  }

  /** The logo behind an address; null where there is none, or no longer. */
  async findLogo(hash: string): Promise<Logo | null> {
    return this.repository.findLogo(hash);
  }
}

/** What is left out, or taken back, has no rule to keep. */
const isGiven = ([, value]: readonly [string, unknown]): boolean => value !== undefined && value !== null;

function toLogo(bytes: Buffer): Logo {
  const type = logoTypeOf(bytes);
  if (type === null) throw new Error('A logo was accepted that is none');
  return { hash: hashOf(bytes), type, bytes };
}

const hashOf = (logo: Buffer): string => createHash('sha256').update(logo).digest('hex');
