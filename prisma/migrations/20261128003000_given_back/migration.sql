-- Money that was given back is less than nothing.
ALTER TABLE "payment"
    DROP CONSTRAINT "payment_amount_range",
    ADD CONSTRAINT "payment_amount_range" CHECK ("amount" BETWEEN -1000000000000 AND 1000000000000);
