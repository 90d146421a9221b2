namespace LocalRetrieval;

/// <summary>What the runs of an encoder are made for.</summary>
/// <remarks>
/// As many runs go at once as this process has processors, whatever encoders they are of. Under load each has one thread, which gives most texts a second. A single
/// text on an idle machine may be faster with all: that needs a second session, and its memory.
/// </remarks>
public enum ExecutionMode
{
    /// <summary>
    /// One thread a run; and after the first single texts on an idle machine a session of all processors is made and compared on those that follow: it is kept where it
    /// is more than 15 % faster.
    /// </summary>
    Auto,

    /// <summary>One thread a run always: the least memory.</summary>
    Throughput,

    /// <summary>As <see cref="Auto"/>, but the session of all processors is made when the model is loaded, and kept.</summary>
    Latency,
}
