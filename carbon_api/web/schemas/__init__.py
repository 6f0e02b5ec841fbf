"""What the service answers, as marshmallow schemas: they describe the answers and test them, they do not write them."""
