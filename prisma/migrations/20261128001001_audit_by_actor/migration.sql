-- CreateIndex
CREATE INDEX "audit_communityId_actorId_at_idx" ON "audit"("communityId", "actorId", "at");
