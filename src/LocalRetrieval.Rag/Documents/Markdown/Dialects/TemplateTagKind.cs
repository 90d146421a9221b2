namespace LocalRetrieval.Rag;

/// <summary>What a tag of a template is.</summary>
internal enum TemplateTagKind
{
    /// <summary>A tag of Liquid, as <c>{% include x %}</c>.</summary>
    Liquid,

    /// <summary>A shortcode of Hugo, as <c>{{&lt; figure &gt;}}</c>.</summary>
    Shortcode,

    /// <summary>An expression of which only the value is shown, as <c>{{ page.title }}</c>.</summary>
    Output,

    /// <summary>An extension of kramdown, as <c>{::comment}</c>.</summary>
    Extension,

    /// <summary>What is no part of the page, as <c>{/* x */}</c>.</summary>
    Comment,
}
