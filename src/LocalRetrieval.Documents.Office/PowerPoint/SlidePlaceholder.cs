using DocumentFormat.OpenXml.Presentation;

namespace LocalRetrieval.Documents;

/// <summary>What a shape is on its slide.</summary>
internal static class SlidePlaceholder
{
    public static bool IsTitle(Shape shape) => TypeOf(shape) is { } type && (type == PlaceholderValues.Title || type == PlaceholderValues.CenteredTitle);

    /// <summary>Whether it has the slide's list, or the text of its notes.</summary>
    public static bool IsBody(Shape shape) => TypeOf(shape) is { } type && (type == PlaceholderValues.Body || type == PlaceholderValues.Object);

    /// <summary>Whether it stands on every slide.</summary>
    public static bool IsFurniture(Shape shape) => TypeOf(shape) is { } type
        && (type == PlaceholderValues.DateAndTime || type == PlaceholderValues.Footer || type == PlaceholderValues.Header || type == PlaceholderValues.SlideNumber);

    /// <summary>The placeholder's type; one that does not say takes the place of any object. Null for a shape that is none.</summary>
    private static PlaceholderValues? TypeOf(Shape shape) =>
        shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape is { } placeholder
            ? placeholder.Type?.Value ?? PlaceholderValues.Object
            : null;
}
