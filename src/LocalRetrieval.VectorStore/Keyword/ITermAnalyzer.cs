namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Cuts a text into the terms that it is found by.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface ITermAnalyzer
{
    /// <summary>Adds each term of <paramref name="text"/> to <paramref name="terms"/>.</summary>
    void Analyze(string text, ITermSink terms);
}
