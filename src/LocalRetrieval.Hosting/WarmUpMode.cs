namespace LocalRetrieval.Hosting;

/// <summary>When the encoders of a host are loaded and run for the first time.</summary>
public enum WarmUpMode
{
    /// <summary>On first use; those whose own options have <c>WarmUp</c>, when the host starts.</summary>
    OnFirstUse,

    /// <summary>Before the host says that it is started, and before a web server listens: a start takes longer, and fails where an encoder does.</summary>
    BeforeStart,

    /// <summary>While the host is started already. The health check of encoders is unhealthy until all are loaded, and names one that fails; the host goes on, and tries that one again.</summary>
    InBackground,
}
