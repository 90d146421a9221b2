namespace LocalRetrieval;

/// <summary>How texts and queries are cut into the terms that they are found by.</summary>
public enum KeywordAnalysis
{
    /// <summary>Words of any language in lower case, each one term. <c>getUserName</c> is found by <c>getusername</c> alone.</summary>
    Plain,

    /// <summary>
    /// Words, and what people type of names, codes and versions: a compound is found as a whole and by its parts, which count as one word.
    /// <c>getUserName</c> is also found by "user name", <c>v1.22.0</c> by <c>v1.22</c>, <c>1,000,000</c> by <c>1000000</c>, and <c>C++</c> and <c>C#</c> are words.
    /// </summary>
    Identifiers,
}
