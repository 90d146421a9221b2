namespace LocalRetrieval.Rag;

/// <summary>The candidates of a request in the order in which they are looked at, by their places in the order of scores.</summary>
internal interface ICandidateQueue
{
    /// <summary>The candidate to look at next, each once; null where there is none left.</summary>
    int? Next();

    /// <summary>Tells that a candidate was chosen.</summary>
    void Choose(int index);
}
