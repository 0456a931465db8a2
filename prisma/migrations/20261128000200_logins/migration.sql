-- CreateTable
CREATE TABLE "binding" (
    "platform" TEXT NOT NULL,
    "room" TEXT NOT NULL DEFAULT '',
    "sessionId" TEXT NOT NULL,
    "knownId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "leaders" TEXT[],
    "boundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "binding_pkey" PRIMARY KEY ("platform","room","sessionId")
);

-- CreateTable
CREATE TABLE "held_message" (
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "room" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "heldAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "held_message_pkey" PRIMARY KEY ("platform","id")
);

-- CreateTable
CREATE TABLE "presence" (
    "platform" TEXT NOT NULL,
    "heardAt" TIMESTAMPTZ(3) NOT NULL,
    "sent" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "presence_pkey" PRIMARY KEY ("platform")
);
