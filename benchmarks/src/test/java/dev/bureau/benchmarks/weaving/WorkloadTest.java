package dev.bureau.benchmarks.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "FIB|LCG|SUM|NBODY")
    void returnsTheSameWovenAndUnwoven(Workload workload) throws Exception {
        long unwoven = workload.in(new WorkloadLoader(Weaving.NONE)).applyAsLong(1);
        var loader = new WorkloadLoader(Weaving.STANDARD);
        var work = workload.in(loader);
        long woven = work.applyAsLong(1);
        assertThat(work.getClass().getClassLoader()).isSameAs(loader);
        assertThat(woven).isEqualTo(unwoven).isNotZero();
    }
}
