namespace LocalRetrieval.Documents;

/// <summary>What a paragraph is by its style.</summary>
/// <param name="HeadingLevel">Its level from 1; null where it is no heading.</param>
/// <param name="IsTitle">Whether it is the document's title.</param>
/// <param name="IsContents">Whether it is a line of a table of contents.</param>
/// <param name="IsCode">Whether its white space counts.</param>
/// <param name="NumberingId">The numbering that the style gives it, if any.</param>
/// <param name="NumberingLevel">The level in it, from 0.</param>
internal sealed record WordStyle(int? HeadingLevel, bool IsTitle, bool IsContents, bool IsCode, int? NumberingId, int? NumberingLevel);
