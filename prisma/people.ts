import type { ChatRef, Clock, Sender } from "../bot/ports.ts";
import type { CommunityDefaults, Language, Person, Place } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";

type AddressRow = Prisma.AddressGetPayload<{ include: { chat: { include: { community: true } } } }>;

/**
 * The chat behind a platform's id; a community of its own comes with a new one. Two processes that meet a chat at once
 * end up with one: the address is unique, and whoever comes second takes the first's.
 */
export async function meetChat(
  prisma: PrismaClient,
  clock: Clock,
  platform: string,
  chat: ChatRef,
  defaults: CommunityDefaults,
): Promise<Place> {
  const where = { platform_externalId: { platform, externalId: chat.id } };
  const include = { chat: { include: { community: true } } } as const;
  const known = await prisma.address.findUnique({ where, include });
  if (known) return toPlace(known);

  const communityId = clock.newId();
  const chatId = clock.newId();
  await prisma.$transaction(async (tx) => {
    // Taken first, so that of two only one goes on.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${platform}:${chat.id}`}, 0))`;
    if (await tx.address.findUnique({ where })) return;
    const title = chat.title ?? "";
    await tx.community.create({ data: { id: communityId, name: title || chat.id, ...defaults } });
    await tx.chat.create({ data: { communityId, id: chatId, platform, kind: chat.kind, title } });
    await tx.address.create({ data: { platform, externalId: chat.id, communityId, chatId } });
  });
  return toPlace(await prisma.address.findUniqueOrThrow({ where, include }));
}

/** The person behind a sender. The name follows what the platform shows. */
export async function meetPerson(prisma: PrismaClient, clock: Clock, place: Place, sender: Sender): Promise<Person> {
  const communityId = place.community.id;
  const where = {
    communityId_platform_externalId: { communityId, platform: place.platform, externalId: sender.id },
  };
  const include = { person: { include: { role: true } } } as const;
  const known = await prisma.identity.findUnique({ where, include });
  if (known) {
    if (known.name !== sender.name) {
      await prisma.identity.update({ where, data: { name: sender.name, person: { update: { name: sender.name } } } });
    }
    return {
      id: known.personId,
      name: sender.name,
      externalId: sender.id,
      role: known.person.role?.name ?? "resident",
    };
  }

  const personId = clock.newId();
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${`${communityId}:${place.platform}:${sender.id}`}, 0))`;
    if (await tx.identity.findUnique({ where })) return;
    await tx.person.create({ data: { communityId, id: personId, name: sender.name } });
    await tx.identity.create({
      data: { communityId, platform: place.platform, externalId: sender.id, personId, name: sender.name },
    });
  });
  const met = await prisma.identity.findUniqueOrThrow({ where, include });
  return { id: met.personId, name: met.name, externalId: sender.id, role: met.person.role?.name ?? "resident" };
}

export async function namesOf(
  prisma: TransactionClient,
  communityId: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await prisma.person.findMany({
    where: { communityId, id: { in: [...people] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Row → a place in our terms. */
export function toPlace({ platform, externalId, chat }: AddressRow): Place {
  const { community } = chat;
  return {
    community: {
      id: community.id,
      name: community.name,
      zone: community.zone,
      language: community.language as Language,
      currency: community.currency,
    },
    chat: chat.id,
    platform,
    externalChat: externalId,
    kind: chat.kind,
  };
}
