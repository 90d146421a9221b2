namespace LocalRetrieval.Rag;

/// <summary>A tag of a template.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="IsClosing">Whether it ends what another tag opened.</param>
internal readonly record struct TemplateTag(TextRange Range, TemplateTagKind Kind, string Name, bool IsClosing);
