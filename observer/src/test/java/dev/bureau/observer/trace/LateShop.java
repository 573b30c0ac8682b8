package dev.bureau.observer.trace;

/// Is traced, and loaded by the test that traces it.
final class LateShop {
    private LateShop() {}

    static Number price(boolean dear) {
        Number price = 1;
        if (dear) price = 100L;
        return price.intValue() > 10 ? new LateShop().reduced(price) : price;
    }

    Number reduced(Number price) {
        return price.longValue() / 2;
    }
}
