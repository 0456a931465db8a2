-- A buy is written anew at each step of its life. With room on its page, and no index on what changes, no index is touched.
-- A community's buys are found by the key, which begins with it.
DROP INDEX "buy_communityId_status_idx";
ALTER TABLE "buy" SET (fillfactor = 50);
