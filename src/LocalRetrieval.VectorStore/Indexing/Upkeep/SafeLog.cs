namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Tells a log what is told elsewhere too.</summary>
internal static class SafeLog
{
    /// <summary>Who keeps the log may be gone before, as at the end of a host, or fail: no index is given up for that.</summary>
    public static void Try(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // The statistics tell what became of an index.
        }
    }
}
