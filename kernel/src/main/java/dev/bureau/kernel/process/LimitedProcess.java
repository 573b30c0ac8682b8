package dev.bureau.kernel.process;

import dev.bureau.kernel.MailboxLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process whose mailbox has a limit. A class of its own, so that senders tell it from the others by looking at what they send
/// to, and the others have nothing to carry for it.
class LimitedProcess extends LocalProcess {
    @SuppressWarnings("this-escape")
    LimitedProcess(LocalNode node, @Nullable LocalProcess parent, MailboxLimit limit) {
        super(node, parent);
        mailbox(new LimitedMailbox(this, limit));
    }

    /// Its mailbox; null once it has ended.
    final @Nullable LimitedMailbox limitedMailbox() {
        return (LimitedMailbox) mailbox();
    }

    @Override
    void rouse() {
        super.rouse();
        releaseSenders();
    }

    /// It exits, so nobody joins the line any more; those in it go on, as if they had sent to one that is gone.
    @Override
    final void releaseSenders() {
        lock();
        LimitedMailbox box = limitedMailbox();
        List<Turn> released = box == null ? List.of() : box.releaseAll();
        unlock();
        Reception.again(this);
        released.forEach(Turn::wake);
    }
}
