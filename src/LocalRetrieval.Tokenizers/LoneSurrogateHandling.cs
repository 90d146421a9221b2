namespace LocalRetrieval.Tokenizers;

/// <summary>What to do with a text that is not well-formed UTF-16.</summary>
public enum LoneSurrogateHandling
{
    /// <summary>Throw an <see cref="ArgumentException"/> that says where the lone surrogate is.</summary>
    Throw,

    /// <summary>Read U+FFFD, the replacement character, instead.</summary>
    Replace,
}
